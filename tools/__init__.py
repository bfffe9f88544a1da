"""Tools for those who work on Tongban: the environment, what the tests need, our own import contract."""
