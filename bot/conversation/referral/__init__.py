"""Referral packs: the firm's file cut down to what its owner lets one lender see, as plain JSON and as a report with a cover."""
