"""What people look at: pages made on the server, that read without JavaScript and ask nobody else for anything."""
