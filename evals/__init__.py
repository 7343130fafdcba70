"""The judge: hand-labelled cases, recorded answers and figures. Imports only the package's public names."""
