"""A firm against the whole pack: judgements, likely amounts and costs, a ranking, and the next question worth asking."""
