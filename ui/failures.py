"""A bug's report: written beside the log, so that the window can say where it is.

The report holds the traceback and versions only. Exceptions carry no personal data, and local
variables, which might, are not written.
"""

from __future__ import annotations

import logging
import platform
import traceback
from datetime import datetime
from pathlib import Path

from app.paths import log_folder

_log = logging.getLogger(__name__)


def write_report(raised: BaseException, now: datetime) -> Path:
    """Write the report and return its path; the folder itself when even that fails."""
    folder = log_folder()
    report = folder / f"report-{now:%Y%m%d-%H%M%S}.txt"
    _log.error("unexpected %s, see %s", type(raised).__name__, report.name)
    lines = [
        f"{now.isoformat(timespec='seconds')}",
        f"Python {platform.python_version()} on {platform.system()} {platform.release()}",
        "",
        *traceback.format_exception(raised),
    ]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        report.write_text("\n".join(lines), encoding="utf-8")
    except OSError:
        return folder
    return report
