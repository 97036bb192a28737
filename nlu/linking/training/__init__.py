"""Fits the models of this room from its labelled messages. Needs scikit-learn's fitting side; nothing that runs imports it."""
