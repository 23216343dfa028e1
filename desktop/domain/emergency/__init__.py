"""应急一键调度: plans, what suggests one, who goes where, and one activation with its receipts."""
