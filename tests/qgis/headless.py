"""PyQGIS without a screen, or a skip that says why."""
import os
import sys
import tempfile

SKIP = 77
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
runtime = tempfile.TemporaryDirectory(prefix="qgis_")  # mode 0700, as Qt wants it
os.environ["XDG_RUNTIME_DIR"] = runtime.name
try:
    from qgis.core import QgsApplication
except ImportError as reason:
    print("SKIP: PyQGIS is not installed (apt-get install python3-qgis qgis-providers):", reason)
    sys.exit(SKIP)


def start():
    """A running QGIS; keep the result alive. Messages that QGIS logs as warnings are collected in app.said."""
    app = QgsApplication([], False)
    app.initQgis()
    app.said = []
    app.messageLog().messageReceived.connect(
        lambda text, tag, level: app.said.append(f"{tag}: {text}") if level else None)
    return app


def finish(status):
    """End the program here and now: QGIS 3.22 may crash while its globals are torn down."""
    sys.stdout.flush()
    sys.stderr.flush()
    runtime.cleanup()
    os._exit(status)
