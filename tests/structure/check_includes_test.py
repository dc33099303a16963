#!/usr/bin/env python3
"""The include check, broken on purpose: each wrong line in a small tree must be found, each right one passed."""

import pathlib
import tempfile
import unittest

import check_includes


class IncludeCheck(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.tree = pathlib.Path(folder.name).resolve()
        for layer in check_includes.LAYER_SEES:
            if layer != "tools":
                self.write(f"libgeo/include/amayesh/{layer}/thing.hpp", "#include <vector>")
                self.write(f"libgeo/src/{layer}/private_thing.hpp", "#include <vector>")

    def write(self, name, text):
        path = self.tree / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text + "\n", encoding="utf-8")
        return path

    def faults(self, name, line):
        return list(check_includes.faults_of_file(self.write(name, line), self.tree))

    def assert_refused(self, name, line, reason):
        found = self.faults(name, "#pragma once\n" + line)
        self.assertEqual(len(found), 1, (name, line, found))
        self.assertTrue(found[0].startswith(f"{name}:2: "), found)
        self.assertIn(reason, found[0])

    def assert_passed(self, name, line):
        self.assertEqual(self.faults(name, line), [])

    def test_layers_see_only_what_lies_left_of_them(self):
        order = check_includes.GEO_LAYERS
        for rank, layer in enumerate(order):
            for seen_rank, seen in enumerate(order):
                line = f"#include <amayesh/{seen}/thing.hpp>"
                for name in (f"libgeo/src/{layer}/code.cpp", f"libgeo/include/amayesh/{layer}/code.hpp"):
                    if seen_rank <= rank:
                        self.assert_passed(name, line)
                    else:
                        self.assert_refused(name, line, f"{layer} may not see {seen}")

    def test_io_never_sees_analysis_and_output_does(self):
        self.assert_refused("libgeo/src/io/a.cpp", "#include <amayesh/analysis/thing.hpp>", "io may not see analysis")
        self.assert_refused("libgeo/src/io/a.cpp", "#include <amayesh/output/thing.hpp>", "io may not see output")
        self.assert_passed("libgeo/src/output/a.cpp", "#include <amayesh/analysis/thing.hpp>")
        self.assert_refused("libgeo/src/output/a.cpp", "#include <amayesh/study/thing.hpp>", "output may not see study")
        self.assert_refused("libgeo/src/analysis/a.cpp", "#include <amayesh/io/thing.hpp>", "analysis may not see io")

    def test_tools_see_public_headers_and_their_own(self):
        self.write("tools/command.hpp", "#include <string>")
        self.assert_passed("tools/main.cpp", "#include <amayesh/study/thing.hpp>")
        self.assert_passed("tools/main.cpp", '#include "command.hpp"')
        self.assert_refused("tools/main.cpp", '#include "../libgeo/src/io/private_thing.hpp"', "private header of io")
        self.assert_refused("tools/main.cpp", "#include <gdal.h>", "GDAL is seen only by libgeo/src/io")

    def test_private_headers_stay_in_their_layer(self):
        self.assert_passed("libgeo/src/io/a.cpp", '#include "private_thing.hpp"')
        self.assert_passed("libgeo/src/io/a.cpp", '#include "io/private_thing.hpp"')
        self.assert_refused("libgeo/src/study/a.cpp", '#include "io/private_thing.hpp"', "private header of io")
        self.assert_refused("libgeo/include/amayesh/io/a.hpp", '#include "../../../src/io/private_thing.hpp"',
                            "a public header includes a private one")

    def test_foreign_libraries_have_one_place(self):
        for header, place in [
            ("geos_c.h", "geometry"),
            ("proj.h", "crs"),
            ("geodesic.h", "crs"),
            ("gdal.h", "io"),
            ("gdal_priv.h", "io"),
            ("ogrsf_frmts.h", "io"),
            ("cpl_conv.h", "io"),
            ("toml++/toml.h", "study"),
            ("unicode/unistr.h", "study"),
            ("lemon/network_simplex.h", "analysis"),
        ]:
            for layer in check_includes.LAYER_SEES:
                folder = "tools" if layer == "tools" else f"libgeo/src/{layer}"
                if layer == place:
                    self.assert_passed(f"{folder}/a.cpp", f"#include <{header}>")
                else:
                    self.assert_refused(f"{folder}/a.cpp", f"  #  include <{header}>", "is seen only by")
            self.assert_refused(f"libgeo/include/amayesh/{place}/a.hpp", f"#include <{header}>", "is seen only by")

    def test_public_headers_include_the_standard_library_and_ours_alone(self):
        self.assert_refused("libgeo/include/amayesh/io/a.hpp", "#include <nlohmann/json.hpp>", "standard library")
        self.assert_refused("libgeo/include/amayesh/geometry/a.hpp", "#include <boost/version.hpp>", "standard library")

    def test_unknown_headers_and_layers_are_faults(self):
        self.assert_refused("libgeo/src/core/a.cpp", "#include <amayesh/core/nothing.hpp>", "no such header")
        self.assert_refused("libgeo/src/geometry/a.cpp", "#include <geos/geom/Point.h>", "C API alone")
        self.assertIn("belongs to no layer", self.faults("libgeo/src/odds/a.cpp", "")[0])

    def test_exit_code_tells_a_broken_tree(self):
        self.assertEqual(check_includes.main(["", str(self.tree)]), 0)
        self.write("libgeo/src/core/wrong.cpp", "#include <amayesh/study/thing.hpp>")
        self.assertEqual(check_includes.main(["", str(self.tree)]), 1)
        with tempfile.TemporaryDirectory() as empty:
            self.assertEqual(check_includes.main(["", empty]), 1)


if __name__ == "__main__":
    unittest.main()
