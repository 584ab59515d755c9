"""Tests on real files and answers that other people made. They lie beside the project and are read where they lie."""
