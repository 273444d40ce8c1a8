# Forwards to Meson; everything is built in build*/.
SHELL := /bin/sh

run: build-release
	build/autopolis run scenarios/chongqing

build-release:
	@tools/install.sh build
	@test -f build/build.ninja || tools/quietly.sh meson setup build --buildtype=release -Db_ndebug=false -Dtests=false
	@tools/quietly.sh ninja -C build

build-tests:
	@tools/install.sh build tests
	@test -f build-check/build.ninja || meson setup build-check --buildtype=release -Db_ndebug=false
	@ninja -C build-check --quiet

# Without a browser its tests are skipped, and say so.
check: build-tests
	@tools/install.sh build browser || echo "no browser could be installed"
	@python3 tests/collect.py build-check

bench: build-tests
	@python3 bench/bench.py build-check --write

# Accepts the bytes of today as the golden ones.
golden: build-tests
	@build-check/bench/same_bytes scenarios/chongqing 2023 tests/golden/chongqing.hash --update

# docs/tables.md and docs/results.md are what the declarations in the code say.
docs: build-tests
	@build-check/autopolis describe --markdown > docs/tables.md
	@build-check/autopolis describe --results > docs/results.md

asan:
	@tools/install.sh build tests
	@test -f build-asan/build.ninja || meson setup build-asan --buildtype=debugoptimized \
	    -Dwerror=true -Db_sanitize=address,undefined
	@ninja -C build-asan --quiet
	@python3 tests/collect.py build-asan --slow 10

tsan:
	@tools/install.sh build tests
	@test -f build-tsan/build.ninja || meson setup build-tsan --buildtype=debugoptimized \
	    -Dwerror=true -Db_sanitize=thread
	@ninja -C build-tsan --quiet
	@python3 tests/collect.py build-tsan --slow 10 --suite threads

# Seconds for each reader; all at once, at low priority. What it finds stands in build-fuzz/fuzz.
SECONDS := 60
fuzz:
	@tools/install.sh build tests fuzz
	@test -f build-fuzz/build.ninja || CC=clang meson setup build-fuzz --buildtype=debugoptimized -Db_ndebug=false \
	    -Db_sanitize=address,undefined -Db_lundef=false -Dfuzz=true -Dc_args=-fsanitize=fuzzer-no-link
	@ninja -C build-fuzz --quiet fuzzers
	@python3 tests/fuzz/fuzz.py build-fuzz --seconds $(SECONDS)

# Every refusal of memory and disk, where `make check` tries the first hundred of a command and every 23rd.
torture: build-tests
	@build-check/tests/torture/torture /tmp/autopolis-torture

lint:
	@tools/install.sh build tests lint
	@python3 tools/lint.py

clean:
	rm -rf build build-check build-asan build-tsan build-fuzz build-lint

.PHONY: run build-release build-tests check bench golden docs asan tsan fuzz torture lint clean
