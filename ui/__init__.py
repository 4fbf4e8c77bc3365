"""The pages: Ask and Traces, two views over the record of runs. They never call a model."""
