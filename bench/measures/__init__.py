"""What is measured, a module for each table or group of tables; each has `measure(scope)`."""
