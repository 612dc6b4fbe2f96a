"""What touches the operating system: the PIN file, the disk, and the doctor who looks at all of it."""
