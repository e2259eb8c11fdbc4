# Two commands matter: `make run` and `make test`. Both install what is missing and say so.

# One folder for everything that cargo builds, outside the checkout, so that all checkouts share it.
export CARGO_TARGET_DIR ?= $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/kith/target

.PHONY: run release dev test lint e2e bench demo

# Build everything for use and serve it at http://localhost:3000.
run: site
	@echo "3 of 3: building the server: a quarter of an hour the first time, seconds when nothing changed"
	@scripts/cargo build --release --package server --bin kith
	$(CARGO_TARGET_DIR)/release/kith

# One file to deploy: dist/kith.
release: site
	@echo "3 of 3: building the server for delivery: half an hour the first time"
	@scripts/cargo build --profile dist --package server --bin kith
	install -D $(CARGO_TARGET_DIR)/dist/kith dist/kith

# The daily loop: build, serve, and again whenever a source changes.
dev: setup
	cargo xtask dev

# Every check and test there is.
test:
	@scripts/test 2>&1

# The checks that need no running program.
lint:
	@scripts/test set-up format rules deny lint-styles lint-end2end lint lint-client docs

e2e:
	@scripts/test set-up client e2e

# Measures the release build and writes docs/bench.md. One build for both, so that `make run` has nothing to build again.
bench: site
	scripts/cargo build --release --package server --bin kith --package bench --bin bench
	$(CARGO_TARGET_DIR)/release/bench

# A community to look at: people, posts, conversations.
demo: site
	@echo "3 of 3: building the server"
	@scripts/cargo build --release --package server --bin kith
	$(CARGO_TARGET_DIR)/release/kith demo

.PHONY: setup site
setup:
	@scripts/setup

site: setup
	@echo "1 of 3: building the tool that builds the client: two minutes the first time"
	@scripts/cargo build --package xtask
	@echo "2 of 3: building the client: five minutes the first time, seconds when nothing changed"
	@scripts/cargo xtask client
