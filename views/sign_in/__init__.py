"""The page before everything else: which platform, and who sits down."""

from desktop.context import RoomContext, ViewSpec
from views.sign_in.page import SignInPage


def build(room: RoomContext) -> SignInPage:
    return SignInPage(room)


VIEW = ViewSpec(view_id="sign_in", title="登录", icon="account-outline.svg", build=build)
