"""Write-ups: answers read from the documents that students hand in. What is not certain is left to a person."""
