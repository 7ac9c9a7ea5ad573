// Written by generate.py; do not edit.

/// Holds the techniques of MITRE ATT&CK: ids, marks and names.
enum AttackText {
  /// The version of the enterprise matrix.
  static let version = "18.1"

  static let techniques = #"""
    T0813 - Denial of Control
    T0839 - Module Firmware
    T0842 - Network Sniffing
    T0853 - Scripting
    T0858 - Change Operating Mode
    T0866 - Exploitation of Remote Services
    T0881 - Service Stop
    T0882 - Theft of Operational Information
    T0883 - Internet Accessible Device
    T0886 - Remote Services
    T1001 l Data Obfuscation
    T1001.001 l Junk Data
    T1001.002 l Steganography
    T1001.003 l Protocol or Service Impersonation
    T1002 >T1560 Data Compressed
    T1003 h OS Credential Dumping
    T1003.001 h LSASS Memory
    T1003.002 h Security Account Manager
    T1003.003 h NTDS
    T1003.004 h LSA Secrets
    T1003.005 h Cached Domain Credentials
    T1003.006 h DCSync
    T1003.007 h Proc Filesystem
    T1003.008 h /etc/passwd and /etc/shadow
    T1004 >T1547.004 Winlogon Helper DLL
    T1005 k Data from Local System
    T1006 g Direct Volume Access
    T1007 i System Service Discovery
    T1008 l Fallback Channels
    T1009 >T1027.001 Binary Padding
    T1010 i Application Window Discovery
    T1011 m Exfiltration Over Other Network Medium
    T1011.001 m Exfiltration Over Bluetooth
    T1012 i Query Registry
    T1013 >T1547.010 Port Monitors
    T1014 g Rootkit
    T1015 >T1546.008 Accessibility Features
    T1016 i System Network Configuration Discovery
    T1016.001 i Internet Connection Discovery
    T1016.002 i Wi-Fi Discovery
    T1017 >T1072 Application Deployment Software
    T1018 i Remote System Discovery
    T1019 >T1542.001 System Firmware
    T1020 m Automated Exfiltration
    T1020.001 m Traffic Duplication
    T1021 j Remote Services
    T1021.001 j Remote Desktop Protocol
    T1021.002 j SMB/Windows Admin Shares
    T1021.003 j Distributed Component Object Model
    T1021.004 j SSH
    T1021.005 j VNC
    T1021.006 j Windows Remote Management
    T1021.007 j Cloud Services
    T1021.008 j Direct Cloud VM Connections
    T1022 >T1560 Data Encrypted
    T1023 >T1547.009 Shortcut Modification
    T1024 >T1573 Custom Cryptographic Protocol
    T1025 k Data from Removable Media
    T1026 ! Multiband Communication
    T1027 g Obfuscated Files or Information
    T1027.001 g Binary Padding
    T1027.002 g Software Packing
    T1027.003 g Steganography
    T1027.004 g Compile After Delivery
    T1027.005 g Indicator Removal from Tools
    T1027.006 g HTML Smuggling
    T1027.007 g Dynamic API Resolution
    T1027.008 g Stripped Payloads
    T1027.009 g Embedded Payloads
    T1027.010 g Command Obfuscation
    T1027.011 g Fileless Storage
    T1027.012 g LNK Icon Smuggling
    T1027.013 g Encrypted/Encoded File
    T1027.014 g Polymorphic Code
    T1027.015 g Compression
    T1027.016 g Junk Code Insertion
    T1027.017 g SVG Smuggling
    T1028 >T1021.006 Windows Remote Management
    T1029 m Scheduled Transfer
    T1030 m Data Transfer Size Limits
    T1031 >T1543.003 Modify Existing Service
    T1032 >T1573 Standard Cryptographic Protocol
    T1033 i System Owner/User Discovery
    T1034 ! Path Interception
    T1035 >T1569.002 Service Execution
    T1036 g Masquerading
    T1036.001 g Invalid Code Signature
    T1036.002 g Right-to-Left Override
    T1036.003 g Rename Legitimate Utilities
    T1036.004 g Masquerade Task or Service
    T1036.005 g Match Legitimate Resource Name or Location
    T1036.006 g Space after Filename
    T1036.007 g Double File Extension
    T1036.008 g Masquerade File Type
    T1036.009 g Break Process Trees
    T1036.010 g Masquerade Account Name
    T1036.011 g Overwrite Process Arguments
    T1036.012 g Browser Fingerprint
    T1037 ef Boot or Logon Initialization Scripts
    T1037.001 ef Logon Script (Windows)
    T1037.002 ef Login Hook
    T1037.003 ef Network Logon Script
    T1037.004 ef RC Scripts
    T1037.005 ef Startup Items
    T1038 >T1574.001 DLL Search Order Hijacking
    T1039 k Data from Network Shared Drive
    T1040 hi Network Sniffing
    T1041 m Exfiltration Over C2 Channel
    T1042 >T1546.001 Change Default File Association
    T1043 ! Commonly Used Port
    T1044 >T1574.010 File System Permissions Weakness
    T1045 >T1027.002 Software Packing
    T1046 i Network Service Discovery
    T1047 d Windows Management Instrumentation
    T1048 m Exfiltration Over Alternative Protocol
    T1048.001 m Exfiltration Over Symmetric Encrypted Non-C2 Protocol
    T1048.002 m Exfiltration Over Asymmetric Encrypted Non-C2 Protocol
    T1048.003 m Exfiltration Over Unencrypted Non-C2 Protocol
    T1049 i System Network Connections Discovery
    T1050 >T1543.003 New Service
    T1051 ! Shared Webroot
    T1052 m Exfiltration Over Physical Medium
    T1052.001 m Exfiltration over USB
    T1053 def Scheduled Task/Job
    T1053.001 >T1053.002 At (Linux)
    T1053.002 def At
    T1053.003 def Cron
    T1053.004 ! Launchd
    T1053.005 def Scheduled Task
    T1053.006 def Systemd Timers
    T1053.007 def Container Orchestration Job
    T1054 >T1562.006 Indicator Blocking
    T1055 fg Process Injection
    T1055.001 fg Dynamic-link Library Injection
    T1055.002 fg Portable Executable Injection
    T1055.003 fg Thread Execution Hijacking
    T1055.004 fg Asynchronous Procedure Call
    T1055.005 fg Thread Local Storage
    T1055.008 fg Ptrace System Calls
    T1055.009 fg Proc Memory
    T1055.011 fg Extra Window Memory Injection
    T1055.012 fg Process Hollowing
    T1055.013 fg Process Doppelgänging
    T1055.014 fg VDSO Hijacking
    T1055.015 fg ListPlanting
    T1056 hk Input Capture
    T1056.001 hk Keylogging
    T1056.002 hk GUI Input Capture
    T1056.003 hk Web Portal Capture
    T1056.004 hk Credential API Hooking
    T1057 i Process Discovery
    T1058 >T1574.011 Service Registry Permissions Weakness
    T1059 d Command and Scripting Interpreter
    T1059.001 d PowerShell
    T1059.002 d AppleScript
    T1059.003 d Windows Command Shell
    T1059.004 d Unix Shell
    T1059.005 d Visual Basic
    T1059.006 d Python
    T1059.007 d JavaScript
    T1059.008 d Network Device CLI
    T1059.009 d Cloud API
    T1059.010 d AutoHotKey & AutoIT
    T1059.011 d Lua
    T1059.012 d Hypervisor CLI
    T1059.013 d Container CLI/API
    T1060 >T1547.001 Registry Run Keys / Startup Folder
    T1061 ! Graphical User Interface
    T1062 ! Hypervisor
    T1063 >T1518.001 Security Software Discovery
    T1064 ! Scripting
    T1065 >T1571 Uncommonly Used Port
    T1066 >T1027.005 Indicator Removal from Tools
    T1067 >T1542.003 Bootkit
    T1068 f Exploitation for Privilege Escalation
    T1069 i Permission Groups Discovery
    T1069.001 i Local Groups
    T1069.002 i Domain Groups
    T1069.003 i Cloud Groups
    T1070 g Indicator Removal
    T1070.001 g Clear Windows Event Logs
    T1070.002 g Clear Linux or Mac System Logs
    T1070.003 g Clear Command History
    T1070.004 g File Deletion
    T1070.005 g Network Share Connection Removal
    T1070.006 g Timestomp
    T1070.007 g Clear Network Connection History and Configurations
    T1070.008 g Clear Mailbox Data
    T1070.009 g Clear Persistence
    T1070.010 g Relocate Malware
    T1071 l Application Layer Protocol
    T1071.001 l Web Protocols
    T1071.002 l File Transfer Protocols
    T1071.003 l Mail Protocols
    T1071.004 l DNS
    T1071.005 l Publish/Subscribe Protocols
    T1072 dj Software Deployment Tools
    T1073 >T1574.002 DLL Side-Loading
    T1074 k Data Staged
    T1074.001 k Local Data Staging
    T1074.002 k Remote Data Staging
    T1075 >T1550.002 Pass the Hash
    T1076 >T1021.001 Remote Desktop Protocol
    T1077 >T1021.002 Windows Admin Shares
    T1078 cefg Valid Accounts
    T1078.001 cefg Default Accounts
    T1078.002 cefg Domain Accounts
    T1078.003 cefg Local Accounts
    T1078.004 cefg Cloud Accounts
    T1079 >T1573 Multilayer Encryption
    T1080 j Taint Shared Content
    T1081 >T1552.001 Credentials in Files
    T1082 i System Information Discovery
    T1083 i File and Directory Discovery
    T1084 >T1546.003 Windows Management Instrumentation Event Subscription
    T1085 >T1218.011 Rundll32
    T1086 >T1059.001 PowerShell
    T1087 i Account Discovery
    T1087.001 i Local Account
    T1087.002 i Domain Account
    T1087.003 i Email Account
    T1087.004 i Cloud Account
    T1088 >T1548.002 Bypass User Account Control
    T1089 >T1562.001 Disabling Security Tools
    T1090 l Proxy
    T1090.001 l Internal Proxy
    T1090.002 l External Proxy
    T1090.003 l Multi-hop Proxy
    T1090.004 l Domain Fronting
    T1091 cj Replication Through Removable Media
    T1092 l Communication Through Removable Media
    T1093 >T1055.012 Process Hollowing
    T1094 >T1095 Custom Command and Control Protocol
    T1095 l Non-Application Layer Protocol
    T1096 >T1564.004 NTFS File Attributes
    T1097 >T1550.003 Pass the Ticket
    T1098 ef Account Manipulation
    T1098.001 ef Additional Cloud Credentials
    T1098.002 ef Additional Email Delegate Permissions
    T1098.003 ef Additional Cloud Roles
    T1098.004 ef SSH Authorized Keys
    T1098.005 ef Device Registration
    T1098.006 ef Additional Container Cluster Roles
    T1098.007 ef Additional Local or Domain Groups
    T1099 >T1070.006 Timestomp
    T1100 >T1505.003 Web Shell
    T1101 >T1547.005 Security Support Provider
    T1102 l Web Service
    T1102.001 l Dead Drop Resolver
    T1102.002 l Bidirectional Communication
    T1102.003 l One-Way Communication
    T1103 >T1546.010 AppInit DLLs
    T1104 l Multi-Stage Channels
    T1105 l Ingress Tool Transfer
    T1106 d Native API
    T1107 >T1070.004 File Deletion
    T1108 ! Redundant Access
    T1109 >T1542.002 Component Firmware
    T1110 h Brute Force
    T1110.001 h Password Guessing
    T1110.002 h Password Cracking
    T1110.003 h Password Spraying
    T1110.004 h Credential Stuffing
    T1111 h Multi-Factor Authentication Interception
    T1112 eg Modify Registry
    T1113 k Screen Capture
    T1114 k Email Collection
    T1114.001 k Local Email Collection
    T1114.002 k Remote Email Collection
    T1114.003 k Email Forwarding Rule
    T1115 k Clipboard Data
    T1116 >T1553.002 Code Signing
    T1117 >T1218.010 Regsvr32
    T1118 >T1218.004 InstallUtil
    T1119 k Automated Collection
    T1120 i Peripheral Device Discovery
    T1121 >T1218.009 Regsvcs/Regasm
    T1122 >T1546.015 Component Object Model Hijacking
    T1123 k Audio Capture
    T1124 i System Time Discovery
    T1125 k Video Capture
    T1126 >T1070.005 Network Share Connection Removal
    T1127 g Trusted Developer Utilities Proxy Execution
    T1127.001 g MSBuild
    T1127.002 g ClickOnce
    T1127.003 g JamPlus
    T1128 >T1546.007 Netsh Helper DLL
    T1129 d Shared Modules
    T1130 >T1553.004 Install Root Certificate
    T1131 >T1547.002 Authentication Package
    T1132 l Data Encoding
    T1132.001 l Standard Encoding
    T1132.002 l Non-Standard Encoding
    T1133 ce External Remote Services
    T1134 fg Access Token Manipulation
    T1134.001 fg Token Impersonation/Theft
    T1134.002 fg Create Process with Token
    T1134.003 fg Make and Impersonate Token
    T1134.004 fg Parent PID Spoofing
    T1134.005 fg SID-History Injection
    T1135 i Network Share Discovery
    T1136 e Create Account
    T1136.001 e Local Account
    T1136.002 e Domain Account
    T1136.003 e Cloud Account
    T1137 e Office Application Startup
    T1137.001 e Office Template Macros
    T1137.002 e Office Test
    T1137.003 e Outlook Forms
    T1137.004 e Outlook Home Page
    T1137.005 e Outlook Rules
    T1137.006 e Add-ins
    T1138 >T1546.011 Application Shimming
    T1139 >T1552.003 Bash History
    T1140 g Deobfuscate/Decode Files or Information
    T1141 >T1056.002 Input Prompt
    T1142 >T1555.001 Keychain
    T1143 >T1564.003 Hidden Window
    T1144 >T1553.001 Gatekeeper Bypass
    T1145 >T1552.004 Private Keys
    T1146 >T1070.003 Clear Command History
    T1147 >T1564.002 Hidden Users
    T1148 >T1562.003 HISTCONTROL
    T1149 ! LC_MAIN Hijacking
    T1150 >T1547.011 Plist Modification
    T1151 >T1036.006 Space after Filename
    T1152 >T1569.001 Launchctl
    T1153 ! Source
    T1154 >T1546.005 Trap
    T1155 >T1059.002 AppleScript
    T1156 >T1546.004 Malicious Shell Modification
    T1157 >T1574.004 Dylib Hijacking
    T1158 >T1564.001 Hidden Files and Directories
    T1159 >T1543.001 Launch Agent
    T1160 >T1543.004 Launch Daemon
    T1161 >T1546.006 LC_LOAD_DYLIB Addition
    T1162 >T1547.011 Login Item
    T1163 >T1037.004 Rc.common
    T1164 >T1547.007 Re-opened Applications
    T1165 >T1037.005 Startup Items
    T1166 >T1548.001 Setuid and Setgid
    T1167 >T1555.002 Securityd Memory
    T1168 >T1053 Local Job Scheduling
    T1169 >T1548.003 Sudo
    T1170 >T1218.005 Mshta
    T1171 >T1557.001 LLMNR/NBT-NS Poisoning and Relay
    T1172 >T1090.004 Domain Fronting
    T1173 >T1559.002 Dynamic Data Exchange
    T1174 >T1556.002 Password Filter DLL
    T1175 ! Component Object Model and Distributed COM
    T1176 e Software Extensions
    T1176.001 e Browser Extensions
    T1176.002 e IDE Extensions
    T1177 >T1547.008 LSASS Driver
    T1178 >T1134.005 SID-History Injection
    T1179 >T1056.004 Hooking
    T1180 >T1546.002 Screensaver
    T1181 >T1055.011 Extra Window Memory Injection
    T1182 >T1546.009 AppCert DLLs
    T1183 >T1546.012 Image File Execution Options Injection
    T1184 >T1563.001 SSH Hijacking
    T1185 k Browser Session Hijacking
    T1186 >T1055.013 Process Doppelgänging
    T1187 h Forced Authentication
    T1188 >T1090.003 Multi-hop Proxy
    T1189 c Drive-by Compromise
    T1190 c Exploit Public-Facing Application
    T1191 >T1218.003 CMSTP
    T1192 >T1566.002 Spearphishing Link
    T1193 >T1566.001 Spearphishing Attachment
    T1194 >T1566.003 Spearphishing via Service
    T1195 c Supply Chain Compromise
    T1195.001 c Compromise Software Dependencies and Development Tools
    T1195.002 c Compromise Software Supply Chain
    T1195.003 c Compromise Hardware Supply Chain
    T1196 >T1218.002 Control Panel Items
    T1197 eg BITS Jobs
    T1198 >T1553.003 SIP and Trust Provider Hijacking
    T1199 c Trusted Relationship
    T1200 c Hardware Additions
    T1201 i Password Policy Discovery
    T1202 g Indirect Command Execution
    T1203 d Exploitation for Client Execution
    T1204 d User Execution
    T1204.001 d Malicious Link
    T1204.002 d Malicious File
    T1204.003 d Malicious Image
    T1204.004 d Malicious Copy and Paste
    T1204.005 d Malicious Library
    T1205 egl Traffic Signaling
    T1205.001 egl Port Knocking
    T1205.002 egl Socket Filters
    T1206 >T1548.003 Sudo Caching
    T1207 g Rogue Domain Controller
    T1208 >T1558.003 Kerberoasting
    T1209 >T1547.003 Time Providers
    T1210 j Exploitation of Remote Services
    T1211 g Exploitation for Defense Evasion
    T1212 h Exploitation for Credential Access
    T1213 k Data from Information Repositories
    T1213.001 k Confluence
    T1213.002 k Sharepoint
    T1213.003 k Code Repositories
    T1213.004 k Customer Relationship Management Software
    T1213.005 k Messaging Applications
    T1213.006 k Databases
    T1214 >T1552.002 Credentials in Registry
    T1215 >T1547.006 Kernel Modules and Extensions
    T1216 g System Script Proxy Execution
    T1216.001 g PubPrn
    T1216.002 g SyncAppvPublishingServer
    T1217 i Browser Information Discovery
    T1218 g System Binary Proxy Execution
    T1218.001 g Compiled HTML File
    T1218.002 g Control Panel
    T1218.003 g CMSTP
    T1218.004 g InstallUtil
    T1218.005 g Mshta
    T1218.007 g Msiexec
    T1218.008 g Odbcconf
    T1218.009 g Regsvcs/Regasm
    T1218.010 g Regsvr32
    T1218.011 g Rundll32
    T1218.012 g Verclsid
    T1218.013 g Mavinject
    T1218.014 g MMC
    T1218.015 g Electron Applications
    T1219 l Remote Access Tools
    T1219.001 l IDE Tunneling
    T1219.002 l Remote Desktop Software
    T1219.003 l Remote Access Hardware
    T1220 g XSL Script Processing
    T1221 g Template Injection
    T1222 g File and Directory Permissions Modification
    T1222.001 g Windows File and Directory Permissions Modification
    T1222.002 g Linux and Mac File and Directory Permissions Modification
    T1223 >T1218.001 Compiled HTML File
    T1480 g Execution Guardrails
    T1480.001 g Environmental Keying
    T1480.002 g Mutual Exclusion
    T1482 i Domain Trust Discovery
    T1483 >T1568.002 Domain Generation Algorithms
    T1484 fg Domain or Tenant Policy Modification
    T1484.001 fg Group Policy Modification
    T1484.002 fg Trust Modification
    T1485 n Data Destruction
    T1485.001 n Lifecycle-Triggered Deletion
    T1486 n Data Encrypted for Impact
    T1487 >T1561.002 Disk Structure Wipe
    T1488 >T1561.001 Disk Content Wipe
    T1489 n Service Stop
    T1490 n Inhibit System Recovery
    T1491 n Defacement
    T1491.001 n Internal Defacement
    T1491.002 n External Defacement
    T1492 >T1565.001 Stored Data Manipulation
    T1493 >T1565.002 Transmitted Data Manipulation
    T1494 >T1565.003 Runtime Data Manipulation
    T1495 n Firmware Corruption
    T1496 n Resource Hijacking
    T1496.001 n Compute Hijacking
    T1496.002 n Bandwidth Hijacking
    T1496.003 n SMS Pumping
    T1496.004 n Cloud Service Hijacking
    T1497 gi Virtualization/Sandbox Evasion
    T1497.001 gi System Checks
    T1497.002 gi User Activity Based Checks
    T1497.003 gi Time Based Checks
    T1498 n Network Denial of Service
    T1498.001 n Direct Network Flood
    T1498.002 n Reflection Amplification
    T1499 n Endpoint Denial of Service
    T1499.001 n OS Exhaustion Flood
    T1499.002 n Service Exhaustion Flood
    T1499.003 n Application Exhaustion Flood
    T1499.004 n Application or System Exploitation
    T1500 >T1027.004 Compile After Delivery
    T1501 >T1543.002 Systemd Service
    T1502 >T1134.004 Parent PID Spoofing
    T1503 >T1555.003 Credentials from Web Browsers
    T1504 >T1546.013 PowerShell Profile
    T1505 e Server Software Component
    T1505.001 e SQL Stored Procedures
    T1505.002 e Transport Agent
    T1505.003 e Web Shell
    T1505.004 e IIS Components
    T1505.005 e Terminal Services DLL
    T1505.006 e vSphere Installation Bundles
    T1506 >T1550.004 Web Session Cookie
    T1514 >T1548.004 Elevated Execution with Prompt
    T1518 i Software Discovery
    T1518.001 i Security Software Discovery
    T1518.002 i Backup Software Discovery
    T1519 >T1546.014 Emond
    T1522 >T1552.005 Cloud Instance Metadata API
    T1525 e Implant Internal Image
    T1526 i Cloud Service Discovery
    T1527 >T1550.001 Application Access Token
    T1528 h Steal Application Access Token
    T1529 n System Shutdown/Reboot
    T1530 k Data from Cloud Storage
    T1531 n Account Access Removal
    T1534 j Internal Spearphishing
    T1535 g Unused/Unsupported Cloud Regions
    T1536 >T1578.004 Revert Cloud Instance
    T1537 m Transfer Data to Cloud Account
    T1538 i Cloud Service Dashboard
    T1539 h Steal Web Session Cookie
    T1542 eg Pre-OS Boot
    T1542.001 eg System Firmware
    T1542.002 eg Component Firmware
    T1542.003 eg Bootkit
    T1542.004 eg ROMMONkit
    T1542.005 eg TFTP Boot
    T1543 ef Create or Modify System Process
    T1543.001 ef Launch Agent
    T1543.002 ef Systemd Service
    T1543.003 ef Windows Service
    T1543.004 ef Launch Daemon
    T1543.005 ef Container Service
    T1546 ef Event Triggered Execution
    T1546.001 ef Change Default File Association
    T1546.002 ef Screensaver
    T1546.003 ef Windows Management Instrumentation Event Subscription
    T1546.004 ef Unix Shell Configuration Modification
    T1546.005 ef Trap
    T1546.006 ef LC_LOAD_DYLIB Addition
    T1546.007 ef Netsh Helper DLL
    T1546.008 ef Accessibility Features
    T1546.009 ef AppCert DLLs
    T1546.010 ef AppInit DLLs
    T1546.011 ef Application Shimming
    T1546.012 ef Image File Execution Options Injection
    T1546.013 ef PowerShell Profile
    T1546.014 ef Emond
    T1546.015 ef Component Object Model Hijacking
    T1546.016 ef Installer Packages
    T1546.017 ef Udev Rules
    T1546.018 ef Python Startup Hooks
    T1547 ef Boot or Logon Autostart Execution
    T1547.001 ef Registry Run Keys / Startup Folder
    T1547.002 ef Authentication Package
    T1547.003 ef Time Providers
    T1547.004 ef Winlogon Helper DLL
    T1547.005 ef Security Support Provider
    T1547.006 ef Kernel Modules and Extensions
    T1547.007 ef Re-opened Applications
    T1547.008 ef LSASS Driver
    T1547.009 ef Shortcut Modification
    T1547.010 ef Port Monitors
    T1547.011 >T1647 Plist Modification
    T1547.012 ef Print Processors
    T1547.013 ef XDG Autostart Entries
    T1547.014 ef Active Setup
    T1547.015 ef Login Items
    T1548 fg Abuse Elevation Control Mechanism
    T1548.001 fg Setuid and Setgid
    T1548.002 fg Bypass User Account Control
    T1548.003 fg Sudo and Sudo Caching
    T1548.004 fg Elevated Execution with Prompt
    T1548.005 fg Temporary Elevated Cloud Access
    T1548.006 fg TCC Manipulation
    T1550 gj Use Alternate Authentication Material
    T1550.001 gj Application Access Token
    T1550.002 gj Pass the Hash
    T1550.003 gj Pass the Ticket
    T1550.004 gj Web Session Cookie
    T1552 h Unsecured Credentials
    T1552.001 h Credentials In Files
    T1552.002 h Credentials in Registry
    T1552.003 h Shell History
    T1552.004 h Private Keys
    T1552.005 h Cloud Instance Metadata API
    T1552.006 h Group Policy Preferences
    T1552.007 h Container API
    T1552.008 h Chat Messages
    T1553 g Subvert Trust Controls
    T1553.001 g Gatekeeper Bypass
    T1553.002 g Code Signing
    T1553.003 g SIP and Trust Provider Hijacking
    T1553.004 g Install Root Certificate
    T1553.005 g Mark-of-the-Web Bypass
    T1553.006 g Code Signing Policy Modification
    T1554 e Compromise Host Software Binary
    T1555 h Credentials from Password Stores
    T1555.001 h Keychain
    T1555.002 h Securityd Memory
    T1555.003 h Credentials from Web Browsers
    T1555.004 h Windows Credential Manager
    T1555.005 h Password Managers
    T1555.006 h Cloud Secrets Management Stores
    T1556 egh Modify Authentication Process
    T1556.001 egh Domain Controller Authentication
    T1556.002 egh Password Filter DLL
    T1556.003 egh Pluggable Authentication Modules
    T1556.004 egh Network Device Authentication
    T1556.005 egh Reversible Encryption
    T1556.006 egh Multi-Factor Authentication
    T1556.007 egh Hybrid Identity
    T1556.008 egh Network Provider DLL
    T1556.009 egh Conditional Access Policies
    T1557 hk Adversary-in-the-Middle
    T1557.001 hk LLMNR/NBT-NS Poisoning and SMB Relay
    T1557.002 hk ARP Cache Poisoning
    T1557.003 hk DHCP Spoofing
    T1557.004 hk Evil Twin
    T1558 h Steal or Forge Kerberos Tickets
    T1558.001 h Golden Ticket
    T1558.002 h Silver Ticket
    T1558.003 h Kerberoasting
    T1558.004 h AS-REP Roasting
    T1558.005 h Ccache Files
    T1559 d Inter-Process Communication
    T1559.001 d Component Object Model
    T1559.002 d Dynamic Data Exchange
    T1559.003 d XPC Services
    T1560 k Archive Collected Data
    T1560.001 k Archive via Utility
    T1560.002 k Archive via Library
    T1560.003 k Archive via Custom Method
    T1561 n Disk Wipe
    T1561.001 n Disk Content Wipe
    T1561.002 n Disk Structure Wipe
    T1562 g Impair Defenses
    T1562.001 g Disable or Modify Tools
    T1562.002 g Disable Windows Event Logging
    T1562.003 g Impair Command History Logging
    T1562.004 g Disable or Modify System Firewall
    T1562.006 g Indicator Blocking
    T1562.007 g Disable or Modify Cloud Firewall
    T1562.008 g Disable or Modify Cloud Logs
    T1562.009 g Safe Mode Boot
    T1562.010 g Downgrade Attack
    T1562.011 g Spoof Security Alerting
    T1562.012 g Disable or Modify Linux Audit System
    T1562.013 g Disable or Modify Network Device Firewall
    T1563 j Remote Service Session Hijacking
    T1563.001 j SSH Hijacking
    T1563.002 j RDP Hijacking
    T1564 g Hide Artifacts
    T1564.001 g Hidden Files and Directories
    T1564.002 g Hidden Users
    T1564.003 g Hidden Window
    T1564.004 g NTFS File Attributes
    T1564.005 g Hidden File System
    T1564.006 g Run Virtual Instance
    T1564.007 g VBA Stomping
    T1564.008 g Email Hiding Rules
    T1564.009 g Resource Forking
    T1564.010 g Process Argument Spoofing
    T1564.011 g Ignore Process Interrupts
    T1564.012 g File/Path Exclusions
    T1564.013 g Bind Mounts
    T1564.014 g Extended Attributes
    T1565 n Data Manipulation
    T1565.001 n Stored Data Manipulation
    T1565.002 n Transmitted Data Manipulation
    T1565.003 n Runtime Data Manipulation
    T1566 c Phishing
    T1566.001 c Spearphishing Attachment
    T1566.002 c Spearphishing Link
    T1566.003 c Spearphishing via Service
    T1566.004 c Spearphishing Voice
    T1567 m Exfiltration Over Web Service
    T1567.001 m Exfiltration to Code Repository
    T1567.002 m Exfiltration to Cloud Storage
    T1567.003 m Exfiltration to Text Storage Sites
    T1567.004 m Exfiltration Over Webhook
    T1568 l Dynamic Resolution
    T1568.001 l Fast Flux DNS
    T1568.002 l Domain Generation Algorithms
    T1568.003 l DNS Calculation
    T1569 d System Services
    T1569.001 d Launchctl
    T1569.002 d Service Execution
    T1569.003 d Systemctl
    T1570 j Lateral Tool Transfer
    T1571 l Non-Standard Port
    T1572 l Protocol Tunneling
    T1573 l Encrypted Channel
    T1573.001 l Symmetric Cryptography
    T1573.002 l Asymmetric Cryptography
    T1574 efg Hijack Execution Flow
    T1574.001 efg DLL
    T1574.002 >T1574.001 DLL Side-Loading
    T1574.004 efg Dylib Hijacking
    T1574.005 efg Executable Installer File Permissions Weakness
    T1574.006 efg Dynamic Linker Hijacking
    T1574.007 efg Path Interception by PATH Environment Variable
    T1574.008 efg Path Interception by Search Order Hijacking
    T1574.009 efg Path Interception by Unquoted Path
    T1574.010 efg Services File Permissions Weakness
    T1574.011 efg Services Registry Permissions Weakness
    T1574.012 efg COR_PROFILER
    T1574.013 efg KernelCallbackTable
    T1574.014 efg AppDomainManager
    T1578 g Modify Cloud Compute Infrastructure
    T1578.001 g Create Snapshot
    T1578.002 g Create Cloud Instance
    T1578.003 g Delete Cloud Instance
    T1578.004 g Revert Cloud Instance
    T1578.005 g Modify Cloud Compute Configurations
    T1580 i Cloud Infrastructure Discovery
    T1583 b Acquire Infrastructure
    T1583.001 b Domains
    T1583.002 b DNS Server
    T1583.003 b Virtual Private Server
    T1583.004 b Server
    T1583.005 b Botnet
    T1583.006 b Web Services
    T1583.007 b Serverless
    T1583.008 b Malvertising
    T1584 b Compromise Infrastructure
    T1584.001 b Domains
    T1584.002 b DNS Server
    T1584.003 b Virtual Private Server
    T1584.004 b Server
    T1584.005 b Botnet
    T1584.006 b Web Services
    T1584.007 b Serverless
    T1584.008 b Network Devices
    T1585 b Establish Accounts
    T1585.001 b Social Media Accounts
    T1585.002 b Email Accounts
    T1585.003 b Cloud Accounts
    T1586 b Compromise Accounts
    T1586.001 b Social Media Accounts
    T1586.002 b Email Accounts
    T1586.003 b Cloud Accounts
    T1587 b Develop Capabilities
    T1587.001 b Malware
    T1587.002 b Code Signing Certificates
    T1587.003 b Digital Certificates
    T1587.004 b Exploits
    T1588 b Obtain Capabilities
    T1588.001 b Malware
    T1588.002 b Tool
    T1588.003 b Code Signing Certificates
    T1588.004 b Digital Certificates
    T1588.005 b Exploits
    T1588.006 b Vulnerabilities
    T1588.007 b Artificial Intelligence
    T1589 a Gather Victim Identity Information
    T1589.001 a Credentials
    T1589.002 a Email Addresses
    T1589.003 a Employee Names
    T1590 a Gather Victim Network Information
    T1590.001 a Domain Properties
    T1590.002 a DNS
    T1590.003 a Network Trust Dependencies
    T1590.004 a Network Topology
    T1590.005 a IP Addresses
    T1590.006 a Network Security Appliances
    T1591 a Gather Victim Org Information
    T1591.001 a Determine Physical Locations
    T1591.002 a Business Relationships
    T1591.003 a Identify Business Tempo
    T1591.004 a Identify Roles
    T1592 a Gather Victim Host Information
    T1592.001 a Hardware
    T1592.002 a Software
    T1592.003 a Firmware
    T1592.004 a Client Configurations
    T1593 a Search Open Websites/Domains
    T1593.001 a Social Media
    T1593.002 a Search Engines
    T1593.003 a Code Repositories
    T1594 a Search Victim-Owned Websites
    T1595 a Active Scanning
    T1595.001 a Scanning IP Blocks
    T1595.002 a Vulnerability Scanning
    T1595.003 a Wordlist Scanning
    T1596 a Search Open Technical Databases
    T1596.001 a DNS/Passive DNS
    T1596.002 a WHOIS
    T1596.003 a Digital Certificates
    T1596.004 a CDNs
    T1596.005 a Scan Databases
    T1597 a Search Closed Sources
    T1597.001 a Threat Intel Vendors
    T1597.002 a Purchase Technical Data
    T1598 a Phishing for Information
    T1598.001 a Spearphishing Service
    T1598.002 a Spearphishing Attachment
    T1598.003 a Spearphishing Link
    T1598.004 a Spearphishing Voice
    T1599 g Network Boundary Bridging
    T1599.001 g Network Address Translation Traversal
    T1600 g Weaken Encryption
    T1600.001 g Reduce Key Space
    T1600.002 g Disable Crypto Hardware
    T1601 g Modify System Image
    T1601.001 g Patch System Image
    T1601.002 g Downgrade System Image
    T1602 k Data from Configuration Repository
    T1602.001 k SNMP (MIB Dump)
    T1602.002 k Network Device Configuration Dump
    T1606 h Forge Web Credentials
    T1606.001 h Web Cookies
    T1606.002 h SAML Tokens
    T1608 b Stage Capabilities
    T1608.001 b Upload Malware
    T1608.002 b Upload Tool
    T1608.003 b Install Digital Certificate
    T1608.004 b Drive-by Target
    T1608.005 b Link Target
    T1608.006 b SEO Poisoning
    T1609 d Container Administration Command
    T1610 dg Deploy Container
    T1611 f Escape to Host
    T1612 g Build Image on Host
    T1613 i Container and Resource Discovery
    T1614 i System Location Discovery
    T1614.001 i System Language Discovery
    T1615 i Group Policy Discovery
    T1619 i Cloud Storage Object Discovery
    T1620 g Reflective Code Loading
    T1621 h Multi-Factor Authentication Request Generation
    T1622 gi Debugger Evasion
    T1647 g Plist File Modification
    T1648 d Serverless Execution
    T1649 h Steal or Forge Authentication Certificates
    T1650 b Acquire Access
    T1651 d Cloud Administration Command
    T1652 i Device Driver Discovery
    T1653 e Power Settings
    T1654 i Log Enumeration
    T1656 g Impersonation
    T1657 n Financial Theft
    T1659 cl Content Injection
    T1665 l Hide Infrastructure
    T1666 g Modify Cloud Resource Hierarchy
    T1667 n Email Bombing
    T1668 e Exclusive Control
    T1669 c Wi-Fi Networks
    T1671 e Cloud Application Integration
    T1672 g Email Spoofing
    T1673 i Virtual Machine Discovery
    T1674 d Input Injection
    T1675 d ESXi Administration Command
    T1677 d Poisoned Pipeline Execution
    T1678 g Delay Execution
    T1679 g Selective Exclusion
    T1680 i Local Storage Discovery
    T1681 a Search Threat Vendor Data
    """#
}
