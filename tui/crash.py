"""What happens when the program itself is at fault: a private report, and one sentence that holds no record."""

import os
import time

from store.paths import crash_folder

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping


def reported(error: Exception, environment: "Mapping[str, str]") -> str:
    """Write the traceback where only the user can read it. Returns the sentence to tell."""
    from traceback import extract_tb, format_exception

    frames = extract_tb(error.__traceback__)
    where = f" in {os.path.basename(frames[-1].filename)}, line {frames[-1].lineno}" if frames else ""
    what = f"followup has a fault ({type(error).__name__}{where})"
    folder = crash_folder(environment)
    path = os.path.join(folder, time.strftime("crash-%Y%m%dT%H%M%SZ", time.gmtime()) + f"-{os.getpid()}.txt")
    try:
        os.makedirs(folder, 0o700, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
        with open(descriptor, "w", encoding="utf-8", errors="backslashreplace") as file:
            file.writelines(format_exception(error))
    except OSError as trouble:
        return f"{what}, and no report could be written to {folder}: {trouble.strerror}"
    return f"{what}; please send the report {path} to its makers, after a look at what it holds"
