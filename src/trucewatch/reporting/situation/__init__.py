"""The situation report: one period under some agreements, as a page, as Markdown and as a PDF that say the same."""
