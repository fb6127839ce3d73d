"""Brings what merchants chose when they were asked back before a person: `python -m scripts.review_nlu [--list]`.

The service knows what was chosen, the Rasa side what it has learnt from; neither imports the other.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

from scripts.run import ROOT, SERVICE_PYTHON, read_stack

RASA_PYTHON = ".venv/bin/python"


def main(arguments: list[str]) -> int:
    environment = read_stack().environment()
    with tempfile.TemporaryDirectory() as folder:
        chosen = Path(folder) / "chosen.jsonl"
        with chosen.open("wb") as file:
            reading = subprocess.run(
                [SERVICE_PYTHON, "-m", "service.chosen_meanings"], cwd=ROOT, env=environment, stdout=file, check=False
            )
        if reading.returncode:
            return reading.returncode
        reviewing = [RASA_PYTHON, "-m", "bot.review", str(chosen), *arguments]
        return subprocess.run(reviewing, cwd=ROOT, env=environment, check=False).returncode


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
