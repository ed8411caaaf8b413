"""Reading other systems' files in: all or nothing, every faulty row named."""
