"""What kiosks and programs call: JSON in, JSON out, problems after RFC 9457."""
