"""证书打印: the register of certificates, their papers, and those that are void."""
