def milestones(page, published):
    return []
