"""Qt's names of what went wrong on a network, in words for a user; needs no Qt itself."""

PROXY_PASSWORD = "the proxy asks for a name and a password"
_BROKE_OFF = "the connection broke off"

# By the names of `QNetworkReply.NetworkError`.
_REASONS = {
    "NoError": _BROKE_OFF,  # the answer ended well for HTTP, but not all of it came
    "ConnectionRefusedError": "the server refused the connection",
    "RemoteHostClosedError": _BROKE_OFF,
    "HostNotFoundError": "the server's name was not found, perhaps because there is no connection",
    "TimeoutError": "the server did not answer in time",
    "TemporaryNetworkFailureError": "the network connection was lost",
    "NetworkSessionFailedError": "there is no network connection",
    "TooManyRedirectsError": "the server sends the request round in circles",
    "InsecureRedirectError": "the server redirects to an unprotected address",
    "ProxyConnectionRefusedError": "the proxy refused the connection",
    "ProxyConnectionClosedError": "the proxy closed the connection",
    "ProxyNotFoundError": "the proxy's name was not found",
    "ProxyTimeoutError": "the proxy did not answer in time",
    "ProxyAuthenticationRequiredError": PROXY_PASSWORD,
    "ProtocolUnknownError": "the address begins neither with https:// nor with http://",
    "ProtocolFailure": "the answer was not understandable",
}


def network_reason(code: str, text: str) -> str:
    """Return why a reply failed: `code` is the name of Qt's error, `text` Qt's own words for the rarer ones."""
    if code == "SslHandshakeFailedError":
        return f"the server's certificate is not trusted here ({text})"
    return _REASONS.get(code, text)
