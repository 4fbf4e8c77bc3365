"""What people and models make of recorded critiques and other steps: queues of items to judge, and the judgements.

Everything is read and written through `storage.annotations.annotations.Annotations`.
"""
