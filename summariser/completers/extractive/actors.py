from summariser.schema import DraftActor
def actors(page):
    return []
