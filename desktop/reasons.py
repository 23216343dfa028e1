"""Why something of the system failed, in the operator's words.

The texts of the system and of libraries are English and name calls and SQL: they go to the
log. Everything that these functions do not know is said in general words.
"""

import errno
import re
import ssl
import tomllib

_SYSTEM = {
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.ENOENT: "文件不存在",
    errno.ENOTDIR: "路径中有一段不是目录",
    errno.EISDIR: "是一个目录",
    errno.EROFS: "磁盘只读",
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "磁盘配额已用完",
    errno.EIO: "磁盘读写出错",
    errno.EMFILE: "打开的文件太多",
    errno.ENAMETOOLONG: "路径太长",
    errno.ECONNREFUSED: "连接被拒绝",
    errno.ECONNRESET: "连接被对方断开",
    errno.EPIPE: "连接被对方断开",
    errno.EHOSTUNREACH: "网络不通",
    errno.ENETUNREACH: "网络不通",
    errno.ENETDOWN: "网络不通",
    errno.ETIMEDOUT: "没有应答",
    errno.EADDRNOTAVAIL: "地址不可用",
}
_CERTIFICATE = {  # X509_V_ERR_* of openssl/x509_vfy.h
    9: "证书尚未生效，请核对本机时钟",
    10: "证书已过期，请平台管理员更换",
    18: "证书是对方自己签发的，不受信任；请平台管理员换用正式证书",
    19: "证书的签发机构不受信任，请核对 ca_file",
    20: "证书的签发机构不受信任，请核对 ca_file",
    21: "证书的签发机构不受信任，请核对 ca_file",
    23: "证书已被吊销，请联系平台管理员",
    62: "证书不是发给这台主机的，请核对平台地址",
    64: "证书不是发给这台主机的，请核对平台地址",
}
DISK_FULL = "磁盘已满"
_STORAGE = (  # parts of SQLite's messages, sqlite.org/rescode.html
    ("is full", DISK_FULL),
    ("readonly", "数据文件只读"),
    ("locked", "数据文件被别的程序占用"),
    ("unable to open", "数据文件打不开"),
    ("malformed", "数据文件已损坏"),
    ("not a database", "数据文件已损坏"),
    ("no such table", "数据文件内容不全"),
)


def system_reason(error: OSError) -> str:
    """By errno; a certificate by OpenSSL's code."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return _CERTIFICATE.get(error.verify_code, "证书不可信，请联系平台管理员")
    if isinstance(error, ssl.SSLError):
        return "加密连接失败"
    if isinstance(error, TimeoutError):
        return "没有应答"
    return _SYSTEM.get(error.errno or 0, "系统出错")


def storage_reason(error: Exception) -> str:
    """Of sqlite3 or SQLAlchemy."""
    text = str(error)
    return next((words for part, words in _STORAGE if part in text), "磁盘读写出错")


def toml_reason(error: tomllib.TOMLDecodeError) -> str:
    place = re.search(r"line (\d+), column (\d+)", str(error))
    if place is None:
        return "内容不是有效的 TOML"
    return f"第 {place[1]} 行第 {place[2]} 列不是有效的 TOML"
