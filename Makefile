# Two commands are enough: `make run` and `make test`. Each sets up what is missing first.
.PHONY: help run test check understand evaluate questions openness bench setup train rasa format screenshot extract lock

LAUNCHER := @python3 -m deploy.local

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## /make \1\t/p' Makefile | expand -t 18

run: ## set up, train, migrate, start everything and print three addresses (PORT= DATA= BOT_PORT=)
	$(LAUNCHER) run

test: ## every test, in both Pythons (ARGS= goes to pytest)
	$(LAUNCHER) test

check: ## format, lint, types, import rules, catalogs, then every test
	$(LAUNCHER) check

understand: ## JSON lines on stdin, the same with tags on stdout
	$(LAUNCHER) understand

evaluate: ## how well messages are understood and how conversations go (ARGS=--write puts the tables into the docs)
	$(LAUNCHER) evaluate

questions: ## every prompt that the interview can show, as JSON lines
	$(LAUNCHER) questions

openness: ## JSON lines {id, lang, text} on stdin, whether each prompt is open on stdout
	$(LAUNCHER) openness

bench: ## speed and memory (PEER=1 installs the stock Rasa assistant to compare with)
	$(LAUNCHER) bench

setup: ## both Python environments
	$(LAUNCHER) setup

train: ## the bot's model, if anything that it is made from changed
	$(LAUNCHER) train

rasa: ## Rasa's own command line: make rasa ARGS="shell", "data validate", "test", "train"
	$(LAUNCHER) rasa

format: ## tidy the Python sources
	$(LAUNCHER) format

screenshot: ## take the pictures of the docs anew, in a test run
	$(LAUNCHER) screenshot

extract: ## collect the sentences for translators
	$(LAUNCHER) extract

lock: ## rewrite deploy/requirements from pyproject.toml (UPGRADE=1 takes newer versions)
	$(LAUNCHER) lock
