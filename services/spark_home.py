"""A home of Spark with one jar in place of some hundreds.

Whoever asks for a class that is not there, as PySpark and the compiler of queries do all the time, asks each jar of the
class path for it: a quarter of what the virtual machine did for the tests.
"""

import glob
import importlib.util
import os
import shutil
import sys
import tempfile
import zipfile

MANIFEST = "META-INF/MANIFEST.MF"
SERVICES = "META-INF/services/"
SIGNATURES = (".SF", ".RSA", ".DSA")


def spark_home():
    """The folder, made beside the packages of this Python when it is not there."""
    home = os.path.join(sys.prefix, "spark-home")
    if not os.path.exists(home):
        pyspark = os.path.dirname(importlib.util.find_spec("pyspark").origin)
        # Made beside and renamed, so that what was interrupted is never taken for the whole.
        partial = tempfile.mkdtemp(dir=sys.prefix, prefix="spark-home-")
        fill(partial, pyspark)
        publish(partial, home)
    return home


def fill(home, pyspark):
    os.mkdir(os.path.join(home, "jars"))
    for name in ("bin", "python"):
        os.symlink(os.path.join(pyspark, name), os.path.join(home, name))
    merge(sorted(glob.glob(os.path.join(pyspark, "jars", "*.jar"))), os.path.join(home, "jars", "spark.jar"))


def publish(partial, home):
    try:
        os.rename(partial, home)
    except OSError:
        # Another was quicker.
        shutil.rmtree(partial)


def merge(jars, path):
    """Puts the files of jars into one, not compressed; the first of two of a name counts, as on a class path."""
    seen = {MANIFEST}
    services = {}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as merged:
        merged.writestr(MANIFEST, "Manifest-Version: 1.0\r\nMulti-Release: true\r\n\r\n")
        for jar in map(zipfile.ZipFile, jars):
            with jar:
                for name in filter(is_wanted, jar.namelist()):
                    if name.startswith(SERVICES):
                        services.setdefault(name, []).append(jar.read(name))
                    elif name not in seen:
                        seen.add(name)
                        merged.writestr(name, jar.read(name))
        for name, providers in services.items():
            merged.writestr(name, b"\n".join(providers))


def is_wanted(name):
    return not name.endswith(("/", "module-info.class", *SIGNATURES))
