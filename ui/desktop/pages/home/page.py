"""首页."""
from ui.desktop.widgets.page import Page
class HomePage(Page):
    """Home."""
    def __init__(self, session): super().__init__("首页")
