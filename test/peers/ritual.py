"""An android machine by a program that shares nothing with Crema, not even its language: the standard library of Python.

    python3 test/peers/ritual.py PORT NUMBER

It obeys lines on its standard input and answers each with one line of JSON: what was done, and what it read meanwhile.
Frames have the little-endian head with a sequence number [field, docs/protocol/framing.md]."""
import hashlib
import json
import socket
import struct
import sys
import time
import urllib.parse
import urllib.request

port, number = int(sys.argv[1]), int(sys.argv[2])
state = {"socket": None, "held": b"", "sequence": 0, "logins": 0}
heard = []


def head(total):
    value = total + 48
    size = bytes([value & 255, ((value >> 8) & 255) + 48, 48, 48])
    count = struct.pack("<Q", state["sequence"])
    state["sequence"] += 1
    return size + bytes((byte + 48) & 255 for byte in count)


def say(cmd, **members):
    body = json.dumps({"cmd": cmd, "vmc_no": number, **members}, ensure_ascii=False).encode()
    state["socket"].sendall(head(len(body) + 12) + body)


def read(until=None, seconds=10.0):
    """Reads frames until one fits, or for as long as said."""
    end = time.monotonic() + seconds
    while True:
        held = state["held"]
        while len(held) >= 12:
            total = (held[1] - 48) * 256 + held[0] - 48
            if len(held) < total:
                break
            message = json.loads(held[12:total])
            held = state["held"] = held[total:]
            heard.append(message)
            if until is not None and until(message):
                return message
        left = end - time.monotonic()
        if left <= 0:
            if until is None:
                return None
            raise SystemExit(f"in vain; heard: {heard[-5:]}")
        state["socket"].settimeout(left)
        try:
            chunk = state["socket"].recv(65536)
        except socket.timeout:
            continue
        if chunk == b"":
            raise SystemExit("the server hung up")
        state["held"] += chunk


def now(offset=0.0):
    return time.strftime("%Y%m%d%H%M%S", time.localtime(time.time() + offset))


def login(_=""):
    state["socket"] = socket.create_connection(("127.0.0.1", port))
    state["held"] = b""
    state["logins"] += 2
    say("login", timestamp=now()[:8], sign="5d41402abc4b2a76b9719d911017c592", version="2.10.33",
        io_version="V2.06", login_count=state["logins"], comp_id="1001", vmc_model="JL32")
    read(lambda m: m["cmd"] == "login_r")


def ritual(_=""):
    """What it plays after a login, a tenth of a second apart."""
    for cmd, members in (
        ("machinestatus", {"status": "clearerror"}),
        ("hb", {}),
        ("machinestatus", {"status": "doorclose"}),
        ("machinestatus", {"status": "supply", "supply": {"10007": "9999", "10009": "420"}, "time": now()}),
        ("error", {"datetime": now(), "error_code": "WARNING:10009", "error_description": "", "isSet": True,
                   "is_fatal_error": True, "is_persistence_error": True}),
        ("feedrecord", {"timestamp": now(-60), "operation": "supply", "supply": {"10009": "420"}}),
    ):
        say(cmd, **members)
        time.sleep(0.1)
    read(lambda m: m["cmd"] == "feedrecord_r")


def fault(code, is_set=True):
    say("error", datetime=now(), error_code=code, error_description="", isSet=is_set, is_fatal_error=True,
        is_persistence_error=True)


def orders(times):
    """Seventy stored ones, of a week ago, as often as said."""
    for _ in range(int(times)):
        for n in range(70):
            order = f"S{n}"
            say("productdone", ProductId=801, ProductAmount=1000, PayType="wx_pub", isok=n % 7 != 0, order_no=order,
                timestamp=now(-7 * 86400 + n), historyOrder=True, order_resend_times=0,
                **({"failreason": "ERROR:5300"} if n % 7 == 0 else {}))
            read(lambda m, order=order: m["cmd"] == "productdone_r" and m["order_no"] == order)


def clear_and_set(code):
    say("machinestatus", status="clearerror")
    time.sleep(0.05)
    fault(code)
    read(lambda m: m["cmd"] == "error_r")


def drop(seconds):
    state["socket"].close()
    time.sleep(float(seconds))
    login()


def told(cmd):
    """Waits for what it is told to do, by its name or the operation that is wrapped."""
    message = next((m for m in heard if cmd in (m["cmd"], m.get("operation"))), None)
    return message or read(lambda m: cmd in (m["cmd"], m.get("operation")))


def door(status):
    say("machinestatus", status=status)


def notify(rest):
    base, session = rest.split(" ")
    said = {"nonce": "1", "reason": "", "sessionId": session, "status": "1", "timestamp": now(), "vmc": number}
    key = hashlib.md5(str(number).encode()).hexdigest()
    text = "&".join(f"{name}={value}" for name, value in said.items()) + f"&key={key}"
    query = urllib.parse.urlencode({**said, "sign": hashlib.md5(text.encode()).hexdigest().upper()})
    with urllib.request.urlopen(f"{base}/api/control/notify?{query}") as answer:
        return {"status": answer.status, "body": answer.read().decode()}


acts = {"login": login, "ritual": ritual, "fault": fault, "orders": orders, "clearAndSet": clear_and_set, "drop": drop,
        "told": told, "door": door, "notify": notify, "hear": lambda seconds: read(None, float(seconds))}
for line in sys.stdin:
    act, _, rest = line.strip().partition(" ")
    print(json.dumps({"did": act, "got": acts[act](rest)}), flush=True)
