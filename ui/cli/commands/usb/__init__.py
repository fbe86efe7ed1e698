"""``usb …``: packages between the county and its schools, carried on sticks."""
