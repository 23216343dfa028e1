"""Source texts are Chinese; other languages come from resources/i18n/LANGUAGE.ts."""

import logging
import subprocess
from pathlib import Path

import PySide6
from PySide6.QtCore import QCoreApplication, QLocale, QTranslator

log = logging.getLogger(__name__)

I18N = Path(__file__).resolve().parent.parent.parent / "resources" / "i18n"
SOURCE_LANGUAGE = "zh_CN"
COMPILE_LIMIT_S = 20.0


def install(language: str, folder: Path) -> None:
    """Compiles into `folder` when the .ts is newer; a missing translation leaves Chinese.

    Runs before the first window, so it may block.
    """
    QLocale.setDefault(QLocale(language))
    source = I18N / f"{language}.ts"
    if language == SOURCE_LANGUAGE:
        return
    if not source.exists():
        log.warning("no translation for %s", language)
        return
    compiled = folder / f"{language}.qm"
    if not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime:
        _compile(source, compiled)
    translator = QTranslator(QCoreApplication.instance())
    if translator.load(str(compiled)):
        QCoreApplication.installTranslator(translator)
    else:
        log.warning("%s cannot be loaded", compiled)


def _compile(source: Path, compiled: Path) -> None:
    compiled.parent.mkdir(parents=True, exist_ok=True)
    lrelease = Path(PySide6.__file__).parent / "lrelease"
    try:
        subprocess.run(
            [lrelease, "-silent", source, "-qm", compiled], check=True, timeout=COMPILE_LIMIT_S
        )
    except (OSError, subprocess.SubprocessError) as error:
        log.warning("the translation %s was not compiled: %s", source.name, error)
