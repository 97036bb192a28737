"""Links figures to facts by what was learnt from labelled messages, beside the rules of nlu/reading, whose choice is one of its inputs."""
