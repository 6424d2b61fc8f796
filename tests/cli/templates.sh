#!/bin/sh
# Templates by the command line: those of the program, versions, files.
. "$TOP_SRCDIR/tests/support/lib.sh"
need sqlite3

crm company add 'Sahel Négoce SARL' --quiet || fail 'a company is made'
check 'those of the program are there at once' '10' sh -c '"$PROGRAM" templates list | tail -n +2 | wc -l'
check 'of one channel' '5' sh -c '"$PROGRAM" templates list --channel sms | tail -n +2 | wc -l'
check 'as somebody would read it' 'Bienvenue chez Sahel Négoce SARL' \
  sh -c '"$PROGRAM" templates show welcome --for "" --lang fr | sed -n "s/^.*\(Bienvenue chez.*SARL\).*/\1/p" | head -1'
check 'all go to a file' '10 templates' crm templates export all.json
refuse 'which is not written over' 1 'exists already' crm templates export all.json
check 'and come back as they were' 'new: 0, texts changed: 0, as they were: 20' crm templates import all.json
sed 's/"name": "Welcome to new customers"/"name": "Willkommen"/; s/"key": "WELCOME",//' all.json >more.json
check 'under another name they are new' 'new: 2, texts changed: 4, as they were: 16' crm templates import more.json
sed 's/{{ma_societe}}/{{nobody}}/' all.json >bad.json
refuse 'what is wrong is refused as a whole' 1 'asks for “nobody”' crm templates import bad.json
check 'nothing of it stayed' '12' sql 'SELECT count(*) FROM template'
printf 'Subject: Bonjour {{prenom}}\n\nUn texte.\n' >Promo.fr.txt
check 'one text is a template' 'new: 1, texts changed: 1, as they were: 0' crm templates import Promo.fr.txt
printf '<p>Un texte.</p>\n' >Promo.fr.html
check 'its page is the next version' 'new: 0, texts changed: 1, as they were: 0' crm templates import Promo.fr.html
check 'and leaves the text' 'Bonjour {{prenom}}|Un texte.|<p>Un texte.</p>' \
  sql "SELECT subject, text, html FROM template_version WHERE version = 2"
check 'versions are never edited' 'Bonjour {{prenom}}|Un texte.|' \
  sql "SELECT subject, text, html FROM template_version v JOIN template t ON t.id = template_id WHERE version = 1 AND name = 'Promo'"
refuse 'a template is one' 3 '“nothing” does not exist' crm templates show nothing
printf 'x' >x.json
refuse 'a file too' 1 '' crm templates import x.json
finish
