"""Rules as SQL: `columns` says how a firm is stored, `compiling` asks a rule of every stored firm, `working_out` the derived facts."""
