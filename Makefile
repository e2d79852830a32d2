# The only commands to know; `make help` lists them.
.DEFAULT_GOAL := help
.PHONY: help setup test lint slow matrix run bench quality model translations goldens screenshots clean
.NOTPARALLEL:

bin := .venv/bin

help: ## List the commands
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 14

setup: ## Make .venv with everything VexGUI needs
	@PYTHON="$(PYTHON)" packaging/setup.sh

lint: setup ## Check format, rules, types and layers
	$(bin)/ruff format --check .
	$(bin)/ruff check .
	$(bin)/mypy
	$(bin)/lint-imports

test: lint ## Run all checks and all tests
	QT_QPA_PLATFORM=offscreen $(bin)/python -m pytest -n auto --maxprocesses=4
	@echo 'All checks and all tests passed.'

slow: setup ## Run the tests that take minutes: kills, full disks, every flipped bit
	QT_QPA_PLATFORM=offscreen $(bin)/python -m pytest -m slow --hypothesis-profile=any -o faulthandler_timeout=3600

matrix: setup ## Run the tests on every kind of file system; as root
	$(bin)/python -m pytest -m matrix -o faulthandler_timeout=3600

run: setup ## Index the sample files, ask them some questions, open the window
	@packaging/run.sh

bench: setup ## Measure, beside what people would use instead
	$(bin)/vexgui bench store search index window
	$(bin)/python -m tests.bench

quality: setup ## Measure the answers and the embedded picture model; fetches 390 MB, takes half an hour
	@$(bin)/python -m pip install --quiet --disable-pip-version-check -r packaging/model/requirements.txt
	$(bin)/python packaging/model/quality.py build/quality
	$(bin)/python packaging/quality/answers.py build/answers

model: setup ## Train the embedded picture model and write it into resources/model; takes hours
	@$(bin)/python -m pip install --quiet --disable-pip-version-check -r packaging/model/requirements.txt
	$(bin)/python packaging/model/train.py build/model
	$(bin)/python packaging/model/export.py build/model

translations: setup ## Gather the sentences of the window for those who translate, and compile what they wrote
	$(bin)/python packaging/translations.py

goldens: setup ## Take the screenshots anew that tests compare the window with; look at those that changed
	$(bin)/python -m tests.gui.golden

screenshots: setup ## Take the pictures of README.md and docs/USER.md anew; look at those that changed
	$(bin)/python packaging/screenshots.py

clean: ## Remove everything that can be made again
	rm -rf .venv .venv.log run dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
