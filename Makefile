# Varig. `make run` shows it, `make test` tries it; both install first.
# PORT: where `make run` answers.  VARIG_DATA: the data folder, .data unless set.

PORT ?= 8000
PYTHON := .venv/bin/python
MANAGE := $(PYTHON) manage.py
CATALOGUES := $(wildcard locale/*/LC_MESSAGES/django.po)

export DJANGO_SETTINGS_MODULE := config.settings
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.PHONY: help install system browser-deps run demo test walks coverage crawl crawl-all faults check fmt bench mutants stop lock messages

help:  ## What one can make
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):[^#]*## (.*)/\1\t\2/' | expand -t 14

install: system .venv/installed node_modules/.package-lock.json $(CATALOGUES:.po=.mo)  ## Everything it runs on; the others call this first

system:
	@scripts/system-packages

browser-deps:  ## What the browser tests need besides
	@scripts/system-packages browser

.venv/installed: requirements.lock | system
	python3 -m venv .venv
	$(PYTHON) -m pip install --quiet --require-hashes --requirement requirements.lock
	@touch $@

# The machine's own npm, else the one from a wheel.
node_modules/.package-lock.json: package.json package-lock.json requirements-node.lock | .venv/installed
	@command -v npm >/dev/null 2>&1 || $(PYTHON) -m pip install --quiet --require-hashes --requirement requirements-node.lock
	PATH="$$PATH:$(CURDIR)/.venv/bin" npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

%.mo: %.po | system
	msgfmt --check --output-file=$@ $<

run: install  ## Varig on 127.0.0.1, with the demo municipality if the database is empty
	$(MANAGE) migrate --verbosity 0
	$(MANAGE) demo --if-empty
	@echo "Varig answers on http://127.0.0.1:$(PORT)/"
	@$(MANAGE) seal_log --every 30 & sealer=$$!; \
		$(MANAGE) work & worker=$$!; \
		.venv/bin/gunicorn config.wsgi --bind 127.0.0.1:$(PORT) --workers 2 --threads 4 --log-level warning & server=$$!; \
		trap 'stopped=1; kill $$server' INT TERM; \
		wait $$server || [ "$$stopped" ]; status=$$?; kill $$sealer $$worker; wait; exit $$status

demo: install  ## The fictional municipality, in an empty database
	$(MANAGE) migrate --verbosity 0
	$(MANAGE) demo

test: install browser-deps  ## The tests, sign-in and what gets in the way in a browser
	.venv/bin/pytest -n 2 --maxschedchunk 2 -m "not crawl and not walk and not faults"

walks: install browser-deps  ## The ways through Varig, in a browser by keyboard
	.venv/bin/pytest -n 2 --maxschedchunk 1 -m walk

coverage: install browser-deps  ## The tests again, counting the lines and branches that they reach; half as long again
	.venv/bin/pytest -n 2 --maxschedchunk 2 -m "not crawl and not faults" --cov

crawl: install browser-deps  ## The tests that open every address as those who see most
	.venv/bin/pytest -n 2 --maxschedchunk 1 -m "crawl and not long"

crawl-all: install browser-deps  ## The same as everybody; a longer run
	.venv/bin/pytest -n 2 --maxschedchunk 1 -m crawl

faults: install  ## A worker killed at every step of its work loses and doubles nothing
	.venv/bin/pytest -n 2 -m faults

check: install  ## What reads the code without running it
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy .
	.venv/bin/lint-imports
	.venv/bin/djlint templates --lint --quiet
	$(MANAGE) check --fail-level WARNING
	$(MANAGE) makemigrations --check --dry-run
	.venv/bin/check-jsonschema --builtin-schema vendor.compose-spec docker-compose.yml

fmt: install  ## Python in one layout
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .

bench: install  ## Figures, lists and a placement against their floors; SHARES="0.01 1" for the whole country
	VARIG_SHARED_BUFFERS=2GB $(PYTHON) -m tests.bench --write $(SHARES)

mutants: install  ## Every change to the decision on access that could matter: a test notices each
	$(PYTHON) scripts/mutants.py

stop:  ## Stop the embedded server; its data stays
	@[ ! -x $(PYTHON) ] || $(PYTHON) -m config.devdb stop

messages: install  ## Collect what is to be translated
	$(MANAGE) makemessages --locale nb --locale nn --locale en --no-location --ignore .venv --ignore node_modules

lock:  ## Choose the packages' versions anew
	[ -x .venv/bin/uv ] || $(PYTHON) -m pip install --quiet uv
	for name in "requirements-dev.in requirements.lock" "requirements-node.in requirements-node.lock"; do \
		set -- $$name; \
		.venv/bin/uv pip compile --quiet --upgrade --system-certs --universal --python-version 3.11 --generate-hashes \
			--no-emit-index-url --no-annotate --custom-compile-command "make lock" $$1 --output-file $$2 || exit 1; \
	done
	npm install --package-lock-only --ignore-scripts --omit-lockfile-registry-resolved
