"""The platform's side of 应急一键调度: one transaction, its receipts, its end, its history.

journal.py keeps it, book.py holds it, commands.py changes it, outward.py carries it out,
handsets.py answers for the crews, desk.py ties them together.
"""
