"""What clients agree to: texts, signatures and withdrawals; the privacy notice; news by mail."""
