"""One module a family of formats: each turns an open file into `Contents`, or raises `Unreadable`.

The libraries they use are imported when the first such file is read, so that the decoder starts quickly.
"""
