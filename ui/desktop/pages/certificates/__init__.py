"""证书: the register of certificates, their paper, forms and codes."""
