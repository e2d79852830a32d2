"""Which way a space is searched: by what each way costs on this machine."""
