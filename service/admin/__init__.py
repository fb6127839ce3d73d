"""Master data to be looked after by hand: staff, reasons, fees, merchants, under `/admin/`.

The public face: `service/app.py` mounts it.
"""

from service.admin.site import mount_admin

__all__ = ["mount_admin"]
