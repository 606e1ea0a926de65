"""A process that finds every file system read-only but one folder, even if it runs as root."""

HOOK = """
import errno, os, sys

FREE = tuple(os.environ["WRITABLE"].split(os.pathsep)) + ("/dev/", "/proc/self/")
CHANGES = {"os.mkdir", "os.remove", "os.rename", "os.rmdir", "os.link", "os.symlink", "os.truncate"}

def refuse(event, arguments):
    if event == "open":
        path, mode, flags = arguments
        writes = flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC)
    elif event == "sqlite3.connect":
        path, writes = arguments[0], True
    else:
        path, writes = arguments and arguments[0], event in CHANGES
    if writes and isinstance(path, (str, bytes)):
        if not os.path.abspath(os.fsdecode(path)).startswith(FREE):
            raise OSError(errno.EROFS, os.strerror(errno.EROFS), path)

sys.addaudithook(refuse)
"""
"""Loaded by Python itself, before anything else, from a folder on PYTHONPATH."""
