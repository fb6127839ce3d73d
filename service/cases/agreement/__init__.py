"""What merchant and company agree on before money goes out, as a document that both can keep."""
