"""The window: Qt only here.

Arrows: app > main_window > pages > widgets > tasks; the pages do not know each other. Nothing here
holds a rule of the office: pages ask ``models`` and show what they are told.
"""
