"""Made-up numbers with right check digits that the stories use, and that no database or log may hold in clear."""

from service.platform.masking import id_check_digit

_FIRST_17 = "11010119850412301"
ID_NUMBER = _FIRST_17 + id_check_digit(_FIRST_17)
CARD_NUMBER = "6222021234567890128"
