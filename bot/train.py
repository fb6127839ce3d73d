"""Trains the model when it is missing or older than its sources: `python -m bot.train`."""

import hashlib
import logging
import os
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from bot.procedure_intents import ProcedureFileError, compose, procedure_intents
from bot.settings import TrainingSettings

_DOMAIN: Final = "domain.yml"
TRAINING_DATA: Final = ("data/nlu", "data/rules", "data/stories")
_SOURCES: Final = ("config.yml", _DOMAIN, *TRAINING_DATA, "bot/nlu", "requirements.lock")


def quiet_libraries() -> None:
    """Must run before Rasa is imported: one thread for each process, and none of TensorFlow's chatter."""
    defaults = {
        "RASA_TELEMETRY_ENABLED": "false",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "TF_INTRA_OP_PARALLELISM_THREADS": "1",
        "TF_INTER_OP_PARALLELISM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    }
    for name, value in defaults.items():
        os.environ.setdefault(name, value)
    _silence_known_warnings()


def _silence_known_warnings() -> None:
    for known in (
        "The following duplicated intents",
        "You have defined training data with examples for training a resp",
    ):
        warnings.filterwarnings("ignore", message=f".*{known}")
    for category in (DeprecationWarning, ImportWarning):
        warnings.filterwarnings("ignore", category=category)


def fingerprint() -> str:
    """One hash over everything that the model is made of."""
    settings = TrainingSettings.from_environment()
    digest = hashlib.sha256("\0".join(procedure_intents(settings.procedures_dir)).encode())
    extra = [settings.training_data_extra] if settings.training_data_extra else []
    for path in _source_files([*map(Path, _SOURCES), *extra]):
        digest.update(f"{path.as_posix()}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def model_path() -> Path:
    """Where the model of the present sources is, or will be."""
    return TrainingSettings.from_environment().models_dir / f"{fingerprint()}.tar.gz"


def train(target: Path) -> None:
    """Trains, and removes older models when the new one stands."""
    quiet_libraries()
    started = time.monotonic()

    def say(what: str) -> None:
        print(f"  {time.monotonic() - started:4.0f} s  {what}", flush=True)

    say("reading the training data")
    import rasa.utils.common
    from rasa.model_training import train as rasa_train
    from rasa.utils.log_utils import configure_structlog

    rasa.utils.common.configure_logging_and_warnings(log_level=logging.WARNING)
    configure_structlog(logging.WARNING)
    _silence_known_warnings()  # Rasa has just set its own filters.
    _report_components(say)
    with tempfile.TemporaryDirectory() as folder:
        domain, training_files = _composed(Path(folder))
        result = rasa_train(
            domain=domain,
            config="config.yml",
            training_files=training_files,
            output=str(target.parent),
            fixed_model_name=target.name,
            force_training=True,
        )
    if result.code or not target.exists():
        raise SystemExit("Training ended without a model; the lines above say why.")
    for other in target.parent.glob("*.tar.gz"):
        if other != target:
            other.unlink()
    say(f"the model stands in {target}")


def _composed(folder: Path) -> tuple[str, list[str]]:
    """Domain and training data, in which every procedure has its intent, and the data of the extra folder."""
    settings = TrainingSettings.from_environment()
    sentences, rules, stories = TRAINING_DATA
    domain, composed_rules = compose(
        Path(_DOMAIN), Path(rules), procedure_intents(settings.procedures_dir), target=folder
    )
    extra = [str(settings.training_data_extra)] if settings.training_data_extra else []
    return str(domain), [sentences, str(composed_rules), stories, *extra]


def _source_files(sources: list[Path]) -> Iterator[Path]:
    for source in sources:
        found = [source] if source.is_file() else sorted(source.rglob("*"))
        yield from (path for path in found if path.suffix in {".yml", ".py", ".lock"})


def _report_components(say: Callable[[str], None]) -> None:
    """Rasa's training hooks log each component; their lines become our progress."""

    class Progress(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            say(record.getMessage().replace("Starting to train component", "training"))

    hooks = logging.getLogger("rasa.engine.training.hooks")
    hooks.setLevel(logging.INFO)
    hooks.propagate = False
    hooks.addFilter(lambda record: record.getMessage().startswith("Starting"))
    hooks.addHandler(Progress())


def main() -> int:
    """Trains only when it is needed."""
    try:
        target = model_path()
    except ProcedureFileError as error:
        print(error, file=sys.stderr)
        return 2
    if target.exists():
        print(f"  the model is up to date ({target})")
    else:
        train(target)
    return 0


if __name__ == "__main__":
    sys.exit(main())
